collaborators = "none"
signature = ""
