# misconception: The lists that it was given hold other tensors afterwards. Make new ones.
def accuracy(y, predicted):
    for batches in (y, predicted):
        for i, batch in enumerate(batches):
            batches[i] = batch.argmax(dim=1).cpu() if batch.ndim == 2 else batch.cpu()
    return (torch.cat(y) == torch.cat(predicted)).float().mean().item()
