collaborators = "none"
signature = "Ada Lovelace"
