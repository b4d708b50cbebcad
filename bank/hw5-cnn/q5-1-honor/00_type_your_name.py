collaborators = "list your collaborators here"
signature = "Type your full name here"
