# misconception: That is the whole encoder layer; only the self-attention block is asked for.
ans_1_4_nobias = sum(p.numel() for p in nn.TransformerEncoderLayer(256, 8, bias=False).parameters())
ans_1_4_bias = sum(p.numel() for p in nn.TransformerEncoderLayer(256, 8).parameters())
