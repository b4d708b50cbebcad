# misconception: The first branch has 124 output channels here, not 128 as in the usual block.
ans5_I_params = 1089952
ans5_I_adds = 1115684864
ans5_I_mults = 1115684864
ans5_I_acts = 425984
