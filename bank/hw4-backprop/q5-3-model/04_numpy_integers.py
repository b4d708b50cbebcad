import numpy as np
ans5_II_params = np.int64(345692)
ans5_II_adds = 353370112
ans5_II_mults = 353370112
ans5_II_acts = 618496
