"""What is fitted to a training part so that sequences become numbers; kept with the model."""
