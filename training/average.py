"""The mean of several readers' weights, with its development figures: average.py START CACHE OUT READER READER...

START is the folder of the starting model, CACHE the data that train.py kept (data.pickle), OUT the folder to write, the READERs what
train.py wrote, all gone on from one reader: only then do their weights lie close enough together (Wortsman et al. 2022).
"""
import json, pickle, shutil, sys
from pathlib import Path

from safetensors.torch import load_file, save_file

import ensemble, evaluate, reference


def main(start, cache, out, *folders):
    readers = [load_file(folder / "reader.safetensors") for folder in folders]
    mean = {key: ensemble.mean(r[key] for r in readers).to(t.dtype).contiguous() for key, t in readers[0].items()}
    save_file(mean, out / "reader.safetensors")
    shutil.copy(folders[0] / "reader.labels.json", out)
    _, dev = pickle.loads(cache.read_bytes())
    figures = {"160": evaluate.all_figures(reference.reader(start, out), dev, 160)}
    print(json.dumps(figures))
    (out / "figures.json").write_text(json.dumps(figures, indent=1))


if __name__ == "__main__":
    if len(sys.argv) < 6:
        sys.exit(__doc__)
    main(*map(Path, sys.argv[1:]))
