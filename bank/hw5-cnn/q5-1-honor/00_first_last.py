collaborators = 'none'
signature = 'First Last'
