def mlp_backward(A_list, b_list, y_list, Y):
    with torch.inference_mode(False), torch.enable_grad():
        A_new = [A.clone().requires_grad_() for A in A_list]
        b_new = [b.clone().requires_grad_() for b in b_list]
        y = y_list[0].clone()
        for A, b in zip(A_new[:-1], b_new[:-1]):
            y = torch.sigmoid(A @ y + b)
        loss = 0.5 * (A_new[-1] @ y + b_new[-1] - Y.clone()) ** 2
        loss.backward()
    return [A.grad for A in A_new], [b.grad for b in b_new]
