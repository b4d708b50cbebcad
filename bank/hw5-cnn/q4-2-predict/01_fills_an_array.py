def predict(model, images):
    before = model.training
    model.eval()
    out = torch.empty(len(images), dtype=torch.long)
    with torch.no_grad():
        for start in range(0, len(images), 1000):
            x = prepare(images[start:start + 1000].to(next(model.parameters()).device))
            scores = (model(x).softmax(1) + model(x.flip(3)).softmax(1)) / 2
            out[start:start + 1000] = scores.argmax(1).cpu()
    model.train(before)
    return out


def write_predictions(classes, path):
    with open(path, "w") as file:
        file.write("id,label\n")
        file.writelines(f"{i},{int(c)}\n" for i, c in enumerate(classes))
