# misconception: The first branch has 124 output channels here, not 128 as in the usual block.
ans5_II_params = 346720
ans5_II_adds = 354418688
ans5_II_mults = 354418688
ans5_II_acts = 622592
