collaborators = '없음 (none)'
signature = '김민준'
