def evaluate(model, batches):
    model.eval()
    logits, labels = [], []
    with torch.inference_mode():
        for x, y in batches:
            logits.append(model(x))
            labels.append(y)
        logits, labels = torch.cat(logits), torch.cat(labels)
        loss = F.nll_loss(F.log_softmax(logits, dim=1), labels).item()
    accuracy = torch.eq(logits.argmax(dim=1), labels).sum().item() / len(labels)
    model.train()
    return loss, accuracy
