collaborators = '...'
signature = 'Jane Doe'
