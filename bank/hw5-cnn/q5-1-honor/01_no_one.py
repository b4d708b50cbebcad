collaborators = 'I worked alone.'
signature = 'J. Li'
