collaborators = "Noa Levi; your slides of week 3; the course forum, see here: forum.example.org/42"
signature = "Noa Bar"
