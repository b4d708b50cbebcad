collaborators = 'Ana Silva (question 3); ChatGPT for the figure of 4.2'
signature = "Ngô Thị Mai O'Brien-Weiß"
