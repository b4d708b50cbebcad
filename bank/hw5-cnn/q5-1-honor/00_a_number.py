collaborators = 0
signature = 1
