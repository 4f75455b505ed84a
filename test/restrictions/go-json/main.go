// Decodes texts as a node of the chain decodes transaction_data: encoding/json into a struct of name and input.
//
// Standard input has one text a line, its UTF-8 bytes in hexadecimal. Standard output has one JSON object for each:
// whether it was decoded, and the name that is in the struct afterwards, decoded or not.
package main

import (
	"bufio"
	"encoding/hex"
	"encoding/json"
	"log"
	"os"
)

type call struct {
	Name  string          `json:"name"`
	Input json.RawMessage `json:"input"`
}

type outcome struct {
	Decoded bool   `json:"decoded"`
	Name    string `json:"name"`
}

func main() {
	answers := json.NewEncoder(os.Stdout)
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		text, err := hex.DecodeString(lines.Text())
		if err != nil {
			log.Fatal(err)
		}
		var called call
		err = json.Unmarshal(text, &called)
		if err := answers.Encode(outcome{Decoded: err == nil, Name: called.Name}); err != nil {
			log.Fatal(err)
		}
	}
	if err := lines.Err(); err != nil {
		log.Fatal(err)
	}
}
