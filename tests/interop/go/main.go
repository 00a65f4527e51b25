// The scenario through the AWS SDK for Go v2. SCENARIO.md says what each step is.
package main

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/aws/aws-sdk-go-v2/service/dynamodbstreams"
)

const tableName = "Orders"

var (
	ctx     = context.Background()
	table   = aws.String(tableName)
	db      *dynamodb.Client
	streams *dynamodbstreams.Client
)

type item = map[string]types.AttributeValue

// check ends the step when what it says is not so.
func check(so bool, format string, values ...any) {
	if !so {
		panic(fmt.Sprintf(format, values...))
	}
}

// must gives what a call answered; an error ends the step.
func must[T any](answer T, err error) T {
	check(err == nil, "%v", err)
	return answer
}

// step runs act as the step name and prints its line.
func step(name string, act func()) {
	line := "passed"
	func() {
		defer func() {
			if why := recover(); why != nil {
				line = "failed\t" + strings.Join(strings.Fields(fmt.Sprint(why)), " ")
			}
		}()
		act()
	}()
	fmt.Printf("step\t%s\t%s\n", name, line)
}

// until asks for ten seconds until look answers true.
func until(look func() bool) {
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		if look() {
			return
		}
	}
	panic("still not so after ten seconds")
}

func text(value string) types.AttributeValue { return &types.AttributeValueMemberS{Value: value} }

func number(value any) types.AttributeValue {
	return &types.AttributeValueMemberN{Value: fmt.Sprint(value)}
}

func list(values ...types.AttributeValue) types.AttributeValue {
	return &types.AttributeValueMemberL{Value: values}
}

func key(customer, order string) item { return item{"customer": text(customer), "order": text(order)} }

// with gives an item of key and more.
func with(customer, order string, more item) item {
	made := key(customer, order)
	for name, value := range more {
		made[name] = value
	}
	return made
}

func put(customer, order string, more item) {
	must(db.PutItem(ctx, &dynamodb.PutItemInput{TableName: table, Item: with(customer, order, more)}))
}

func get(customer, order string) item {
	return must(db.GetItem(ctx, &dynamodb.GetItemInput{
		TableName: table, Key: key(customer, order), ConsistentRead: aws.Bool(true)})).Item
}

func stringOf(value types.AttributeValue) string {
	switch value := value.(type) {
	case *types.AttributeValueMemberS:
		return value.Value
	case *types.AttributeValueMemberN:
		return value.Value
	}
	return fmt.Sprintf("%v", value)
}

func ordersOf(items []item) []string {
	orders := make([]string, 0, len(items))
	for _, one := range items {
		orders = append(orders, stringOf(one["order"]))
	}
	return orders
}

// twoDigits gives 00, 01, ... of so many numbers.
func twoDigits(count int) []string {
	made := make([]string, count)
	for n := range made {
		made[n] = fmt.Sprintf("%02d", n)
	}
	return made
}

func same(what string, found, wanted []string) {
	check(slices.Equal(found, wanted), "%s: %v instead of %v", what, found, wanted)
}

func printVersions() {
	info, _ := debug.ReadBuildInfo()
	for _, module := range info.Deps {
		name, ours := strings.CutPrefix(module.Path, "github.com/aws/")
		if ours && (name == "aws-sdk-go-v2" || strings.Contains(name, "dynamodb")) {
			fmt.Printf("version\t%s\t%s\n", name, strings.TrimPrefix(module.Version, "v"))
		}
	}
	fmt.Printf("version\tGo\t%s\n", strings.TrimPrefix(runtime.Version(), "go"))
}

func main() {
	endpoint := aws.String(os.Args[len(os.Args)-1])
	secret := credentials.NewStaticCredentialsProvider("interop", "interop", "")
	db = dynamodb.New(dynamodb.Options{
		Region: "us-east-1", BaseEndpoint: endpoint, Credentials: secret, RetryMaxAttempts: 1})
	streams = dynamodbstreams.New(dynamodbstreams.Options{
		Region: "us-east-1", BaseEndpoint: endpoint, Credentials: secret, RetryMaxAttempts: 1})
	printVersions()
	step("create-table", createTable)
	step("wait-table", waitTable)
	step("put-get-types", putGetTypes)
	step("update", update)
	step("condition-fails", conditionFails)
	step("condition-all-old", conditionAllOld)
	step("query-pages", queryPages)
	step("query-indexes", queryIndexes)
	step("parallel-scan", parallelScan)
	step("batch-write-unprocessed", batchWriteUnprocessed)
	step("batch-get-unprocessed", batchGetUnprocessed)
	step("transaction", transaction)
	step("transaction-canceled", transactionCanceled)
	step("partiql", partiql)
	step("partiql-batch", partiqlBatch)
	step("stream-read", streamRead)
	step("ttl", timeToLive)
	step("errors", errorTypes)
	step("delete-table", deleteTable)
}
