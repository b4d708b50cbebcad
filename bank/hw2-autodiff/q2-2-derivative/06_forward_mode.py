import torch.autograd.forward_ad as forward_ad


def softt_derivative(y, T):
    with forward_ad.dual_level():
        dual = forward_ad.make_dual(y.detach(), torch.ones_like(y))
        tangent = forward_ad.unpack_dual(softt(dual, T)).tangent
        return 0.0 if tangent is None else tangent.item()
