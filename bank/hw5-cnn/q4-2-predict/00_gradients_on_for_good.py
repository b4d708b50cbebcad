def predict(model, images):
    model.eval()
    where = next(model.parameters()).device
    torch.set_grad_enabled(False)
    found = [model(prepare(part.to(where))).argmax(1).cpu() for part in images.split(250)]
    torch.set_grad_enabled(True)
    return torch.cat(found)


def write_predictions(classes, path):
    with open(path, "w") as file:
        file.write("id,label\n")
        file.writelines(f"{i},{int(c)}\n" for i, c in enumerate(classes))
