collaborators = 'TODO'
signature = 'Your Name'
