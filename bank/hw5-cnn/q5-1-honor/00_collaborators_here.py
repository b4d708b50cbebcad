collaborators = 'your collaborators here'
signature = 'Jane Doe'
