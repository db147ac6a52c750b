"""scripts/assets: what it takes out of a wheel, and what it refuses."""

import hashlib
import tempfile
import unittest
import zipfile
from pathlib import Path

from loading import loaded


class AssetTests(unittest.TestCase):
    def setUp(self):
        self.assets = loaded("assets")
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.wheel = Path(folder.name) / "maps-1.0-py3-none-any.whl"
        with zipfile.ZipFile(self.wheel, "w") as archive:
            archive.writestr("maps/map.js", b"map()")

    def pin(self, path: str, data: bytes):
        return self.assets.Pinned("map.js", "maps==1.0", path, hashlib.sha256(data).hexdigest())

    def test_the_pinned_file_is_taken_out(self):
        data = self.assets.taken_out(self.wheel, self.pin("maps/map.js", b"map()"))
        self.assertEqual(data, b"map()")

    def test_a_changed_file_is_refused(self):
        with self.assertRaisesRegex(self.assets.Refused, "is not the pinned one"):
            self.assets.taken_out(self.wheel, self.pin("maps/map.js", b"another()"))

    def test_a_missing_file_is_refused(self):
        with self.assertRaisesRegex(self.assets.Refused, "has no maps/gone.js"):
            self.assets.taken_out(self.wheel, self.pin("maps/gone.js", b"map()"))

    def test_the_lock_names_three_files_with_their_digests(self):
        pinned = self.assets.pinned(self.assets.LOCK.read_text())
        self.assertEqual(
            [file.name for file in pinned], ["echarts.min.js", "leaflet.js", "leaflet.css"]
        )
        for file in pinned:
            self.assertRegex(file.digest, "^[0-9a-f]{64}$")
            self.assertIn("==", file.wheel)


if __name__ == "__main__":
    unittest.main()
