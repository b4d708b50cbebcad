collaborators = 'none'
signature = 'xxx'
