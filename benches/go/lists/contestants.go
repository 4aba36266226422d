package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"go.einride.tech/aip/filtering"
	"go.einride.tech/aip/ordering"
	expr "google.golang.org/genproto/googleapis/api/expr/v1alpha1"

	"transom.example/benches/catalogpb"
	"transom.example/benches/rounds"
)

// contestants are all that is measured, with the texts in the folder: those of
// a request, and the forms that they must come to.
func contestants(folder string) ([]rounds.Contestant, error) {
	var failure error
	text := func(name string) string {
		bytes, err := os.ReadFile(filepath.Join(folder, name))
		failure = errors.Join(failure, err)
		return string(bytes)
	}
	request := &catalogpb.ListProductsRequest{Filter: text("filter"), OrderBy: text("order_by")}
	wantedFilter, wantedOrder := text("filter.parsed"), text("order_by.parsed")
	declarations, err := filtering.NewDeclarations(
		filtering.DeclareStandardFunctions(),
		filtering.DeclareIdent("name", filtering.TypeString),
		filtering.DeclareIdent("title", filtering.TypeString),
		filtering.DeclareEnumIdent("status", catalogpb.Product_Status(0).Type()),
		filtering.DeclareIdent("create_time", filtering.TypeTimestamp),
		filtering.DeclareIdent("price", filtering.TypeInt),
		filtering.DeclareIdent("description", filtering.TypeString),
	)
	if failure = errors.Join(failure, err); failure != nil {
		return nil, failure
	}
	product := &catalogpb.Product{}
	parseFilter := func(request *catalogpb.ListProductsRequest) (filtering.Filter, error) {
		return filtering.ParseFilter(request, declarations)
	}
	parseOrder := func(request *catalogpb.ListProductsRequest) (ordering.OrderBy, error) {
		order, err := ordering.ParseOrderBy(request)
		if err == nil {
			err = order.ValidateForMessage(product)
		}
		return order, err
	}
	return []rounds.Contestant{
		{
			Name: "aip-go/filter/parse",
			Call: func(int) { must(parseFilter(request)) },
			Check: func() error {
				filter, err := parseFilter(request)
				if err != nil {
					return err
				}
				if _, err := parseFilter(&catalogpb.ListProductsRequest{Filter: "unknown = 1"}); err == nil {
					return errors.New("an unknown field is not refused")
				}
				return equal(filterText(filter.CheckedExpr.GetExpr()), wantedFilter)
			},
		},
		{
			Name: "aip-go/order/parse",
			Call: func(int) { must(parseOrder(request)) },
			Check: func() error {
				order, err := parseOrder(request)
				if err != nil {
					return err
				}
				if _, err := parseOrder(&catalogpb.ListProductsRequest{OrderBy: "unknown"}); err == nil {
					return errors.New("an unknown field is not refused")
				}
				return equal(orderText(order), wantedOrder)
			},
		},
	}, nil
}

// filterText is a filter of comparisons as text.
func filterText(expression *expr.Expr) string {
	if constant := expression.GetConstExpr(); constant != nil {
		return strconv.Quote(constant.GetStringValue())
	}
	if ident := expression.GetIdentExpr(); ident != nil {
		return ident.GetName()
	}
	call := expression.GetCallExpr()
	arguments := make([]string, 0, len(call.GetArgs()))
	for _, argument := range call.GetArgs() {
		arguments = append(arguments, filterText(argument))
	}
	return strings.Join(arguments, " "+call.GetFunction()+" ")
}

// orderText is an order as text.
func orderText(order ordering.OrderBy) string {
	terms := make([]string, 0, len(order.Fields))
	for _, field := range order.Fields {
		term := field.Path
		if field.Desc {
			term += " desc"
		}
		terms = append(terms, term)
	}
	return strings.Join(terms, ", ")
}

func equal(result, expected string) error {
	if result != expected {
		return fmt.Errorf("the result is `%s`, expected `%s`", result, expected)
	}
	return nil
}

func must[T any](_ T, err error) {
	if err != nil {
		panic(err)
	}
}
