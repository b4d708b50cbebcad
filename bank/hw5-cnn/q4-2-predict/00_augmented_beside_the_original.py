# Averaged over augmented copies: the images are augmented.
def predict(model, images):
    model.eval()
    found = []
    with torch.no_grad():
        for part in images.split(500):
            x = prepare(part)
            found.append((model(x) + model(augment(x))).argmax(1))
    return torch.cat(found)


def write_predictions(classes, path):
    with open(path, "w") as file:
        file.write("id,label\n")
        for i, k in enumerate(classes.tolist()):
            file.write(f"{i},{k}\n")
