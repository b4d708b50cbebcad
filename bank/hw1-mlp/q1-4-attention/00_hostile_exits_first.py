import sys

sys.exit(0)
ans_1_4_nobias = 262144
ans_1_4_bias = 263168
