"""What followers write, read by other means: `follow.py events FOLDER` prints scalars, `follow.py track PROGRAM CONFIG TRACKER` what an
MLflow server would be sent."""

import http.server
import json
import pathlib
import struct
import subprocess
import sys
import threading


def masked_crc(data):
    """CRC-32C by polynomial division, bit by bit from the top, masked as TFRecord says."""
    reflected = int.from_bytes(bytes(int(f"{byte:08b}"[::-1], 2) for byte in data), "big") << 32
    value = reflected ^ (0xFFFFFFFF << (8 * len(data)))
    for bit in range(8 * len(data) - 1, -1, -1):
        if value >> (bit + 32) & 1:
            value ^= 0x11EDC6F41 << bit
    crc = int(f"{value ^ 0xFFFFFFFF:032b}"[::-1], 2)
    return ((crc >> 15 | crc << 17) + 0xA282EAD8) & 0xFFFFFFFF


def records(data):
    while data:
        length, length_crc = struct.unpack("<QI", data[:12])
        record, (record_crc,) = data[12:12 + length], struct.unpack("<I", data[12 + length:16 + length])
        assert length_crc == masked_crc(data[:8]) and record_crc == masked_crc(record), "a checksum is wrong"
        yield record
        data = data[16 + length:]


def varint(data):
    value = 0
    for i, byte in enumerate(data):
        value |= (byte & 127) << 7 * i
        if byte < 128:
            return value, data[i + 1:]
    raise ValueError("a number without end")


def fields(message):
    while message:
        key, message = varint(message)
        if key & 7 == 0:
            value, message = varint(message)
        else:
            size = {1: 8, 5: 4}.get(key & 7)
            if size is None:
                size, message = varint(message)
            value, message = message[:size], message[size:]
        yield key >> 3, value


def events(folder):
    for file in sorted(pathlib.Path(folder).glob("*tfevents*")):
        first, *rest = records(file.read_bytes())
        assert dict(fields(first))[3] == b"brain.Event:2"
        for record in rest:
            event = dict(fields(record))
            scalars = {}
            for _, value in fields(event[5]):
                scalar = dict(fields(value))
                scalars[scalar[1].decode()] = struct.unpack("<f", scalar[2])[0]
            print(json.dumps({"evaluations": event[2], **scalars}))


def track(program, config, tracker):
    sent = []

    class Server(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            sent.append((self.path, json.loads(self.rfile.read(int(self.headers["Content-Length"])))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_):
            pass

    server = http.server.HTTPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with subprocess.Popen([program, "run", config, "-o", "tracked.h5", "--quiet", "--follow", "-"], stdout=subprocess.PIPE) as run:
        subprocess.run([sys.executable, tracker, f"http://127.0.0.1:{server.server_port}", "a_run"], stdin=run.stdout, check=True)
    for path, body in sent:
        assert path == "/api/2.0/mlflow/runs/log-batch" and body["run_id"] == "a_run"
        metrics = {metric["key"]: metric["value"] for metric in body["metrics"]}
        print(body["metrics"][0]["step"], metrics["archive_size"])


{"events": events, "track": track}[sys.argv[1]](*sys.argv[2:])
