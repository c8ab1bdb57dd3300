"""Trains the small model that `stella demo` stores when no file is given: handwritten digits, 8x8 pixels, to ONNX.

    pip install scikit-learn skl2onnx
    python examples/train_digits.py examples/digits.onnx
"""

import sys

from skl2onnx import to_onnx
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPClassifier

pixels, digits = load_digits(return_X_y=True)
pixels = (pixels / 16).astype("float32")
train_x, test_x, train_y, test_y = train_test_split(pixels, digits, test_size=0.25, random_state=1)
model = MLPClassifier(hidden_layer_sizes=(96, 48), max_iter=400, random_state=1).fit(train_x, train_y)
print(f"accuracy on unseen digits: {model.score(test_x, test_y):.3f}")
with open(sys.argv[1], "wb") as out:
    out.write(to_onnx(model, train_x[:1], options={"zipmap": False}).SerializeToString())
