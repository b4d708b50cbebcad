collaborators = " "
signature = "Ada Lovelace"
