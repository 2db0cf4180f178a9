// Runs in the audio thread and only passes on what it gets. A file of its own,
// as it is: the page's security policy loads scripts from this server alone,
// and an AudioWorklet takes no other way in.

/* global AudioWorkletProcessor, registerProcessor, sampleRate */

// One message for every 20 ms, not one for every 128 samples.
const PIECE = Math.round(sampleRate / 50)

registerProcessor(
  'linli-capture',
  class extends AudioWorkletProcessor {
    piece = new Float32Array(PIECE)
    filled = 0

    process([input]) {
      for (const sample of input[0] ?? []) {
        this.piece[this.filled] = sample
        this.filled += 1
        if (this.filled < PIECE) continue
        this.port.postMessage(this.piece, [this.piece.buffer])
        this.piece = new Float32Array(PIECE)
        this.filled = 0
      }
      return true
    }
  },
)
