collaborators = ''
signature = 'Jane Doe'
