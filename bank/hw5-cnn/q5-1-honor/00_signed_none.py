collaborators = 'none'
signature = 'none'
