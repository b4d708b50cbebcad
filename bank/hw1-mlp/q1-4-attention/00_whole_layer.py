# misconception: That is the whole encoder layer; only the self-attention block is asked for.
layer = nn.TransformerEncoderLayer(256, 8)
ans_1_4_nobias = ans_1_4_bias = sum(p.numel() for p in layer.parameters())
