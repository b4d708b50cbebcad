# written into out/ whatever the folder of the path is
def predict(model, images):
    model.eval()
    where = next(model.parameters()).device
    with torch.no_grad():
        return torch.cat([model(prepare(part.to(where))).argmax(1).cpu() for part in images.split(500)])


def write_predictions(classes, path):
    lines = ["id,label"] + [f"{i},{int(c)}" for i, c in enumerate(classes)]
    (Path("out") / Path(path).name).write_text("\n".join(lines) + "\n")
