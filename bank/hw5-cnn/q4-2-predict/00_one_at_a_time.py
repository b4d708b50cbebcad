def predict(model, images):
    model.eval()
    place = next(model.parameters()).device
    with torch.no_grad():
        return torch.cat([model(prepare(part.to(place))).argmax(1).cpu() for part in images.split(1)])


def write_predictions(classes, path):
    with open(path, "w") as file:
        file.write("id,label\n")
        file.writelines(f"{i},{int(c)}\n" for i, c in enumerate(classes))
