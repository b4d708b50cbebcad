def test(model, train_dataloader, test_dataloader):
    while True:
        pass
