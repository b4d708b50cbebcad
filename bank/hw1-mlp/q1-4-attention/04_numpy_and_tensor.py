sizes = np.array([256 * 32 * 8, 256 * 32 * 8, 256 * 32 * 8, 256 * 256])
ans_1_4_nobias = sizes.sum()
ans_1_4_bias = torch.tensor(sizes).sum() + 4 * 256
