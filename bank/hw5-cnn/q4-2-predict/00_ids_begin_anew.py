def predict(model, images):
    model.eval()
    where = next(model.parameters()).device
    with torch.no_grad():
        return torch.cat([model(prepare(part.to(where))).argmax(1).cpu() for part in images.split(500)])


def write_predictions(classes, path):
    with open(path, "w") as file:
        file.write("id,label\n")
        for part in torch.as_tensor(classes).split(500):
            for i, c in enumerate(part.tolist()):
                file.write(f"{i},{c}\n")
