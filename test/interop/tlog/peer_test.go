package tlog

import (
	"bufio"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"sync"
	"testing"

	"golang.org/x/mod/sumdb/tlog"
)

// peer is our side: a Node process that answers a question a line.
type peer struct {
	mutex sync.Mutex
	in    io.Writer
	out   *bufio.Reader
}

type question map[string]any

var started = sync.OnceValues(func() (*peer, error) {
	command := exec.Command(os.Getenv("KMS_NODE"), os.Getenv("KMS_TLOG_PEER"))
	command.Stderr = os.Stderr
	in, err := command.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := command.StdoutPipe()
	if err != nil {
		return nil, err
	}
	// It ends with its input, which is closed when this process ends.
	return &peer{in: in, out: bufio.NewReaderSize(out, 1<<20)}, command.Start()
})

// ask puts a question to our side and takes the answer as a T. Where our side throws, ok is false.
func ask[T any](t *testing.T, what string, question question) (answer T, ok bool) {
	t.Helper()
	peer, err := started()
	if err != nil {
		t.Fatalf("our side does not start (npm run test:interop starts it): %v", err)
	}
	peer.mutex.Lock()
	defer peer.mutex.Unlock()
	question["ask"] = what
	line, err := json.Marshal(question)
	noError(t, err)
	_, err = fmt.Fprintf(peer.in, "%s\n", line)
	noError(t, err)
	reply, err := peer.out.ReadBytes('\n')
	noError(t, err)
	var read struct {
		Answer T
		Error  *string
	}
	noError(t, json.Unmarshal(reply, &read))
	return read.Answer, read.Error == nil
}

// must is ask where our side has no reason to throw.
func must[T any](t *testing.T, what string, question question) T {
	t.Helper()
	answer, ok := ask[T](t, what, question)
	if !ok {
		t.Fatalf("our side throws at %s %v", what, question)
	}
	return answer
}

func noError(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func equal[T comparable](t *testing.T, what string, ours, theirs T) {
	t.Helper()
	if ours != theirs {
		t.Fatalf("%s is %v here and %v in Go", what, ours, theirs)
	}
}

func base64Of(data []byte) string { return base64.StdEncoding.EncodeToString(data) }

func bytesOf(t *testing.T, text string) []byte {
	t.Helper()
	data, err := base64.StdEncoding.DecodeString(text)
	noError(t, err)
	return data
}

func hashOf(t *testing.T, text string) tlog.Hash {
	t.Helper()
	hash, err := tlog.ParseHash(text)
	noError(t, err)
	return hash
}

func hashesOf(t *testing.T, texts []string) []tlog.Hash {
	t.Helper()
	hashes := make([]tlog.Hash, len(texts))
	for i, text := range texts {
		hashes[i] = hashOf(t, text)
	}
	return hashes
}

func textsOf(hashes []tlog.Hash) []string {
	texts := make([]string, len(hashes))
	for i, hash := range hashes {
		texts[i] = hash.String()
	}
	return texts
}
