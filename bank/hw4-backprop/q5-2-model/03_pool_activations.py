# misconception: The pool branch of Model I has no convolution, hence no activation.
ans5_I_params = 1088924
ans5_I_adds = 1114636288
ans5_I_mults = 1114636288
ans5_I_acts = 684032
