collaborators = "Emmy Noether (question 1.3); https://cs231n.github.io"
signature = "张伟"
