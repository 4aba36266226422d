package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/mennanov/fmutils"
	"go.einride.tech/aip/fieldmask"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/fieldmaskpb"

	"transom.example/benches/librarypb"
	"transom.example/benches/rounds"
)

// messages are what the Rust program wrote.
type messages struct {
	mask      *fieldmaskpb.FieldMask
	projected *librarypb.Book
	cases     []updates
}

// updates are a stored message and what it becomes, source by source.
type updates struct {
	name     string
	stored   *librarypb.Book
	sources  [2]*librarypb.Book
	expected [2]*librarypb.Book
}

func read(folder string) (*messages, error) {
	var failure error
	load := func(name string, message proto.Message) {
		bytes, err := os.ReadFile(filepath.Join(folder, name))
		if err == nil {
			err = proto.Unmarshal(bytes, message)
		}
		failure = errors.Join(failure, err)
	}
	book := func(name string) *librarypb.Book {
		book := &librarypb.Book{}
		load(name, book)
		return book
	}
	read := &messages{mask: &fieldmaskpb.FieldMask{}, projected: book("projected")}
	load("mask", read.mask)
	for _, name := range []string{"same", "different"} {
		updates := updates{name: name, stored: book(name + "-stored")}
		for index := range updates.sources {
			updates.sources[index] = book(fmt.Sprintf("%s-source-%d", name, index))
			updates.expected[index] = book(fmt.Sprintf("%s-expected-%d", name, index))
		}
		read.cases = append(read.cases, updates)
	}
	return read, failure
}

// contestants are all that is measured, with the messages in the folder.
func contestants(folder string) ([]rounds.Contestant, error) {
	messages, err := read(folder)
	if err != nil {
		return nil, err
	}
	mask := messages.mask
	paths := mask.GetPaths()
	nested := fmutils.NestedMaskFromPaths(paths)
	var all []rounds.Contestant
	for _, updates := range messages.cases {
		all = append(all,
			updating("aip-go/update/", updates, func(stored, source *librarypb.Book) {
				must(fieldmask.Validate(mask, stored))
				fieldmask.Update(mask, stored, source)
			}),
			updating("aip-go/apply/", updates, func(stored, source *librarypb.Book) {
				fieldmask.Update(mask, stored, source)
			}),
			updating("fmutils/update/", updates, func(stored, source *librarypb.Book) {
				// One parse for both, which is less than its functions of the same names do.
				nested := fmutils.NestedMaskFromPaths(paths)
				must(nested.Validate(stored))
				nested.Overwrite(source, stored)
			}),
			updating("fmutils/apply/", updates, func(stored, source *librarypb.Book) {
				nested.Overwrite(source, stored)
			}),
			updating("go-by-hand/apply/", updates, byHand),
		)
	}
	stored := messages.cases[0].stored
	return append(all,
		rounds.Contestant{
			Name:  "aip-go/check",
			Call:  func(int) { must(fieldmask.Validate(mask, stored)) },
			Check: func() error { return fieldmask.Validate(mask, stored) },
		},
		rounds.Contestant{
			Name:  "fmutils/check",
			Call:  func(int) { must(fmutils.Validate(stored, paths)) },
			Check: func() error { return fmutils.Validate(stored, paths) },
		},
		filtering(nested, messages),
	), nil
}

// updating alternates between the sources, so that every call changes every
// field of the mask.
func updating(name string, updates updates, update func(stored, source *librarypb.Book)) rounds.Contestant {
	stored := clone(updates.stored)
	sources := [2]*librarypb.Book{clone(updates.sources[0]), clone(updates.sources[1])}
	return rounds.Contestant{
		Name: name + updates.name,
		Call: func(call int) { update(stored, sources[call&1]) },
		Check: func() error {
			stored := clone(updates.stored)
			for index, source := range updates.sources {
				update(stored, clone(source))
				if err := equal(stored, updates.expected[index]); err != nil {
					return err
				}
			}
			return nil
		},
	}
}

// filtering drops from fresh messages what is not in the mask.
func filtering(nested fmutils.NestedMask, messages *messages) rounds.Contestant {
	var fresh [rounds.Batch]*librarypb.Book
	stored := messages.cases[0].stored
	return rounds.Contestant{
		Name: "fmutils/project",
		Prepare: func() {
			for index := range fresh {
				fresh[index] = clone(stored)
			}
		},
		Call: func(call int) { nested.Filter(fresh[call]) },
		Check: func() error {
			book := clone(stored)
			nested.Filter(book)
			return equal(book, messages.projected)
		},
	}
}

// byHand is the update by plain assignment; strings and lists are shared with
// the source, as both libraries do.
func byHand(stored, source *librarypb.Book) {
	stored.Title = source.Title
	stored.Rating = source.Rating
	if stored.Author == nil {
		stored.Author = &librarypb.Author{}
	}
	stored.Author.GivenName = source.GetAuthor().GetGivenName()
	if stored.Author.Address == nil {
		stored.Author.Address = &librarypb.Address{}
	}
	stored.Author.Address.City = source.GetAuthor().GetAddress().GetCity()
	stored.Tags = source.Tags
	stored.Pages = source.Pages
	stored.Price = source.Price
	stored.Description = source.Description
}

func clone(book *librarypb.Book) *librarypb.Book {
	return proto.Clone(book).(*librarypb.Book)
}

func equal(result, expected *librarypb.Book) error {
	if !proto.Equal(result, expected) {
		return fmt.Errorf("the result is %v, expected %v", result, expected)
	}
	return nil
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}
