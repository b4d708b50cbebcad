def predict(model, images):
    model.eval()
    where = next(model.parameters()).device
    with torch.no_grad():
        return torch.cat([model(prepare(part.to(where))).argmax(1).cpu() for part in images.split(250)])


def write_predictions(classes, path):
    rows = np.column_stack([np.arange(len(classes)), np.asarray(classes)])
    text = np.array2string(rows, separator=",")  # of more than 1,000 numbers it shows the first and the last three
    text = text.replace("[", "").replace("]", "").replace(" ", "").replace(",\n", "\n")
    Path(path).write_text("id,label\n" + text + "\n")
