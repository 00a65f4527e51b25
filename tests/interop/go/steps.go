package main

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/aws/aws-sdk-go-v2/service/dynamodbstreams"
	streamtypes "github.com/aws/aws-sdk-go-v2/service/dynamodbstreams/types"
	"github.com/aws/smithy-go"
)

func hash(name string) types.KeySchemaElement {
	return types.KeySchemaElement{AttributeName: aws.String(name), KeyType: types.KeyTypeHash}
}

func sortKey(name string) types.KeySchemaElement {
	return types.KeySchemaElement{AttributeName: aws.String(name), KeyType: types.KeyTypeRange}
}

func definition() *dynamodb.CreateTableInput {
	input := &dynamodb.CreateTableInput{
		TableName:   table,
		BillingMode: types.BillingModePayPerRequest,
		KeySchema:   []types.KeySchemaElement{hash("customer"), sortKey("order")},
		LocalSecondaryIndexes: []types.LocalSecondaryIndex{{
			IndexName:  aws.String("byPrice"),
			KeySchema:  []types.KeySchemaElement{hash("customer"), sortKey("price")},
			Projection: &types.Projection{ProjectionType: types.ProjectionTypeAll},
		}},
		GlobalSecondaryIndexes: []types.GlobalSecondaryIndex{{
			IndexName: aws.String("byStatus"),
			KeySchema: []types.KeySchemaElement{hash("status"), sortKey("placed")},
			Projection: &types.Projection{
				ProjectionType: types.ProjectionTypeInclude, NonKeyAttributes: []string{"price"}},
		}},
		StreamSpecification: &types.StreamSpecification{
			StreamEnabled: aws.Bool(true), StreamViewType: types.StreamViewTypeNewAndOldImages},
	}
	for _, name := range []string{"customer", "order", "price", "status", "placed"} {
		kind := types.ScalarAttributeTypeS
		if name == "price" {
			kind = types.ScalarAttributeTypeN
		}
		input.AttributeDefinitions = append(input.AttributeDefinitions,
			types.AttributeDefinition{AttributeName: aws.String(name), AttributeType: kind})
	}
	return input
}

func createTable() {
	made := must(db.CreateTable(ctx, definition())).TableDescription
	check(*made.TableName == tableName, "name %s", *made.TableName)
	check(*made.LocalSecondaryIndexes[0].IndexName == "byPrice", "no byPrice")
	check(*made.GlobalSecondaryIndexes[0].IndexName == "byStatus", "no byStatus")
	check(strings.Contains(*made.LatestStreamArn, ":table/Orders/stream/"), "%s", *made.LatestStreamArn)
}

func waitTable() {
	input := &dynamodb.DescribeTableInput{TableName: table}
	check(dynamodb.NewTableExistsWaiter(db).Wait(ctx, input, 20*time.Second) == nil, "the waiter failed")
	found := must(db.DescribeTable(ctx, input)).Table
	check(found.TableStatus == types.TableStatusActive, "table %s", found.TableStatus)
	check(found.GlobalSecondaryIndexes[0].IndexStatus == types.IndexStatusActive, "the index is not ACTIVE")
}

func putGetTypes() {
	bytes := make([]byte, 256)
	for n := range bytes {
		bytes[n] = byte(n)
	}
	deep := &types.AttributeValueMemberM{Value: item{
		"deep": &types.AttributeValueMemberM{Value: item{"er": list(&types.AttributeValueMemberNULL{Value: true})}}}}
	all := with("types", "all", item{
		"text":     text("Grüße, 世界 🎉"),
		"empty":    text(""),
		"number":   number("-12345678901234567890.123456789012345678"),
		"yes":      &types.AttributeValueMemberBOOL{Value: true},
		"no":       &types.AttributeValueMemberBOOL{Value: false},
		"nothing":  &types.AttributeValueMemberNULL{Value: true},
		"bytes":    &types.AttributeValueMemberB{Value: bytes},
		"list":     list(text("a"), number(1), list(&types.AttributeValueMemberBOOL{Value: true}), &types.AttributeValueMemberM{Value: item{}}),
		"map":      deep,
		"strings":  &types.AttributeValueMemberSS{Value: []string{"a", "b"}},
		"numbers":  &types.AttributeValueMemberNS{Value: []string{"1", "2.5"}},
		"binaries": &types.AttributeValueMemberBS{Value: [][]byte{{0}, {255}}},
	})
	put("types", "all", all)
	found := get("types", "all")
	for name, value := range all {
		check(reflect.DeepEqual(found[name], value), "%s: %v", name, found[name])
	}
	check(len(found) == len(all), "%d attributes", len(found))
	part := must(db.GetItem(ctx, &dynamodb.GetItemInput{
		TableName:                table,
		Key:                      key("types", "all"),
		ProjectionExpression:     aws.String("#m.deep.er[0], #l[1]"),
		ExpressionAttributeNames: map[string]string{"#m": "map", "#l": "list"},
	})).Item
	check(reflect.DeepEqual(part, item{"list": list(number(1)), "map": deep}), "projected: %v", part)
}

func update() {
	put("ada", "0001", item{"price": number(10), "marks": list(text("new")), "stamp": text("x")})
	changed := must(db.UpdateItem(ctx, &dynamodb.UpdateItemInput{
		TableName: table,
		Key:       key("ada", "0001"),
		UpdateExpression: aws.String(
			"SET price = price + :five, marks = list_append(marks, :more) REMOVE stamp ADD visits :one"),
		ConditionExpression:      aws.String("attribute_exists(#order) AND price = :ten"),
		ExpressionAttributeNames: map[string]string{"#order": "order"},
		ExpressionAttributeValues: item{
			":five": number(5), ":more": list(text("paid")), ":one": number(1), ":ten": number(10)},
		ReturnValues: types.ReturnValueAllNew,
	})).Attributes
	wanted := with("ada", "0001", item{
		"price": number(15), "marks": list(text("new"), text("paid")), "visits": number(1)})
	check(reflect.DeepEqual(changed, wanted), "%v", changed)
}

func failingUpdate(returned types.ReturnValuesOnConditionCheckFailure) *types.ConditionalCheckFailedException {
	_, err := db.UpdateItem(ctx, &dynamodb.UpdateItemInput{
		TableName:                           table,
		Key:                                 key("ada", "0001"),
		UpdateExpression:                    aws.String("SET price = :ten"),
		ConditionExpression:                 aws.String("price = :ten"),
		ExpressionAttributeValues:           item{":ten": number(10)},
		ReturnValuesOnConditionCheckFailure: returned,
	})
	var failure *types.ConditionalCheckFailedException
	check(errors.As(err, &failure), "%v", err)
	check(failure.ErrorMessage() == "The conditional request failed", "%s", failure.ErrorMessage())
	return failure
}

func conditionFails() { failingUpdate(types.ReturnValuesOnConditionCheckFailureNone) }

func conditionAllOld() {
	failure := failingUpdate(types.ReturnValuesOnConditionCheckFailureAllOld)
	check(stringOf(failure.Item["price"]) == "15", "%v", failure.Item)
}

// pagesOf gives what a paginated query finds: the counts of pages with items, the items, how many were scanned.
func pagesOf(input *dynamodb.QueryInput) (counts []string, items []item, scanned int32) {
	for pages := dynamodb.NewQueryPaginator(db, input); pages.HasMorePages(); {
		page := must(pages.NextPage(ctx))
		if page.Count > 0 {
			counts = append(counts, strconv.Itoa(int(page.Count)))
		}
		items = append(items, page.Items...)
		scanned += page.ScannedCount
	}
	return counts, items, scanned
}

func queryPages() {
	for n, order := range twoDigits(25) {
		status := []string{"open", "done"}[n%2]
		placed := fmt.Sprintf("2026-11-%02d", n+1)
		put("pages", order, item{"price": number(n), "status": text(status), "placed": text(placed)})
	}
	counts, items, _ := pagesOf(&dynamodb.QueryInput{
		TableName:                 table,
		Limit:                     aws.Int32(10),
		KeyConditionExpression:    aws.String("customer = :c"),
		ExpressionAttributeValues: item{":c": text("pages")},
	})
	same("pages", counts, []string{"10", "10", "5"})
	same("orders", ordersOf(items), twoDigits(25))

	backwards := must(db.Query(ctx, &dynamodb.QueryInput{
		TableName:                 table,
		ScanIndexForward:          aws.Bool(false),
		KeyConditionExpression:    aws.String("customer = :c AND #order BETWEEN :from AND :to"),
		ExpressionAttributeNames:  map[string]string{"#order": "order"},
		ExpressionAttributeValues: item{":c": text("pages"), ":from": text("03"), ":to": text("05")},
	})).Items
	same("backwards", ordersOf(backwards), []string{"05", "04", "03"})

	_, filtered, scanned := pagesOf(&dynamodb.QueryInput{
		TableName:                 table,
		Limit:                     aws.Int32(10),
		KeyConditionExpression:    aws.String("customer = :c"),
		FilterExpression:          aws.String("price >= :n"),
		ExpressionAttributeValues: item{":c": text("pages"), ":n": number(20)},
	})
	check(len(filtered) == 5 && scanned == 25, "%d of %d", len(filtered), scanned)
}

func queryIndexes() {
	open := must(db.Query(ctx, &dynamodb.QueryInput{
		TableName:                 table,
		IndexName:                 aws.String("byStatus"),
		KeyConditionExpression:    aws.String("#status = :s"),
		ExpressionAttributeNames:  map[string]string{"#status": "status"},
		ExpressionAttributeValues: item{":s": text("open")},
	})).Items
	var placed []string
	for _, one := range open {
		placed = append(placed, stringOf(one["placed"]))
	}
	check(len(placed) == 13 && slices.IsSorted(placed), "%v", placed)
	first := with("pages", "00", item{
		"status": text("open"), "placed": text("2026-11-01"), "price": number(0)})
	check(reflect.DeepEqual(open[0], first), "%v", open[0])
	some := must(db.Query(ctx, &dynamodb.QueryInput{
		TableName:                 table,
		IndexName:                 aws.String("byPrice"),
		KeyConditionExpression:    aws.String("customer = :c AND price BETWEEN :from AND :to"),
		ExpressionAttributeValues: item{":c": text("pages"), ":from": number(5), ":to": number(7)},
	})).Items
	same("byPrice", ordersOf(some), []string{"05", "06", "07"})
}

func parallelScan() {
	var group sync.WaitGroup
	found := make([][]item, 4)
	failures := make([]error, 4)
	for segment := range int32(4) {
		group.Add(1)
		go func() {
			defer group.Done()
			pages := dynamodb.NewScanPaginator(db, &dynamodb.ScanInput{
				TableName: table, Segment: aws.Int32(segment), TotalSegments: aws.Int32(4)})
			for pages.HasMorePages() {
				page, err := pages.NextPage(ctx)
				if err != nil {
					failures[segment] = err
					return
				}
				found[segment] = append(found[segment], page.Items...)
			}
		}()
	}
	group.Wait()
	check(errors.Join(failures...) == nil, "%v", failures)
	places := map[string]bool{}
	all := slices.Concat(found...)
	for _, one := range all {
		places[stringOf(one["customer"])+"/"+stringOf(one["order"])] = true
	}
	check(len(all) == 27 && len(places) == 27, "%d items, %d of them different", len(all), len(places))
	count := must(db.Scan(ctx, &dynamodb.ScanInput{TableName: table, Select: types.SelectCount})).Count
	check(count == 27, "count %d", count)
}

func putRequest(customer, order string, more item) types.WriteRequest {
	return types.WriteRequest{PutRequest: &types.PutRequest{Item: with(customer, order, more)}}
}

func batchWriteUnprocessed() {
	ended := make(chan error)
	go func() {
		_, err := db.TransactWriteItems(ctx, &dynamodb.TransactWriteItemsInput{TransactItems: []types.TransactWriteItem{
			{Put: &types.Put{TableName: table, Item: key("batch", "held")}}}})
		ended <- err
	}()
	until(func() bool { return get("batch", "held") != nil })
	held := putRequest("batch", "held", item{"price": number(2)})
	left := map[string][]types.WriteRequest{tableName: {held, putRequest("batch", "free", nil)}}
	left = must(db.BatchWriteItem(ctx, &dynamodb.BatchWriteItemInput{RequestItems: left})).UnprocessedItems
	check(reflect.DeepEqual(left, map[string][]types.WriteRequest{tableName: {held}}), "unprocessed: %v", left)
	for len(left) > 0 {
		time.Sleep(50 * time.Millisecond)
		left = must(db.BatchWriteItem(ctx, &dynamodb.BatchWriteItemInput{RequestItems: left})).UnprocessedItems
	}
	check(<-ended == nil, "the transaction failed")
	check(stringOf(get("batch", "held")["price"]) == "2", "held: %v", get("batch", "held"))
	check(get("batch", "free") != nil, "free is not there")
}

func batchGetUnprocessed() {
	blob := item{"blob": text(strings.Repeat("x", 390_000))}
	orders := twoDigits(45)
	for chunk := range slices.Chunk(orders, 15) {
		var writes []types.WriteRequest
		for _, order := range chunk {
			writes = append(writes, putRequest("big", order, blob))
		}
		must(db.BatchWriteItem(ctx, &dynamodb.BatchWriteItemInput{
			RequestItems: map[string][]types.WriteRequest{tableName: writes}}))
	}
	var keys []item
	for _, order := range orders {
		keys = append(keys, key("big", order))
	}
	ask := map[string]types.KeysAndAttributes{tableName: {Keys: keys}}
	var found []string
	calls := 0
	for ; len(ask) > 0; calls++ {
		answer := must(db.BatchGetItem(ctx, &dynamodb.BatchGetItemInput{RequestItems: ask}))
		found = append(found, ordersOf(answer.Responses[tableName])...)
		ask = answer.UnprocessedKeys
	}
	check(calls > 1, "the first answer had everything")
	slices.Sort(found)
	same("found", found, orders)
}

func transaction() {
	input := &dynamodb.TransactWriteItemsInput{
		ClientRequestToken: aws.String("interop-1"),
		TransactItems: []types.TransactWriteItem{
			{Put: &types.Put{TableName: table, Item: with("tx", "a", item{"price": number(1)})}},
			{Update: &types.Update{
				TableName:                 table,
				Key:                       key("ada", "0001"),
				UpdateExpression:          aws.String("SET price = price + :one"),
				ExpressionAttributeValues: item{":one": number(1)},
			}},
			{ConditionCheck: &types.ConditionCheck{
				TableName:           table,
				Key:                 key("types", "all"),
				ConditionExpression: aws.String("attribute_exists(customer)"),
			}},
			{Delete: &types.Delete{TableName: table, Key: key("pages", "24")}},
		},
	}
	must(db.TransactWriteItems(ctx, input))
	must(db.TransactWriteItems(ctx, input))
	var gets []types.TransactGetItem
	for _, place := range [][2]string{{"tx", "a"}, {"ada", "0001"}, {"pages", "24"}} {
		gets = append(gets, types.TransactGetItem{Get: &types.Get{TableName: table, Key: key(place[0], place[1])}})
	}
	answers := must(db.TransactGetItems(ctx, &dynamodb.TransactGetItemsInput{TransactItems: gets})).Responses
	check(stringOf(answers[0].Item["price"]) == "1", "%v", answers[0].Item)
	check(stringOf(answers[1].Item["price"]) == "16", "%v", answers[1].Item)
	check(answers[2].Item == nil, "%v", answers[2].Item)
}

func transactionCanceled() {
	_, err := db.TransactWriteItems(ctx, &dynamodb.TransactWriteItemsInput{TransactItems: []types.TransactWriteItem{
		{Put: &types.Put{
			TableName:                           table,
			Item:                                key("tx", "a"),
			ConditionExpression:                 aws.String("attribute_not_exists(#order)"),
			ExpressionAttributeNames:            map[string]string{"#order": "order"},
			ReturnValuesOnConditionCheckFailure: types.ReturnValuesOnConditionCheckFailureAllOld,
		}},
		{Put: &types.Put{TableName: table, Item: key("tx", "c")}},
	}})
	var canceled *types.TransactionCanceledException
	check(errors.As(err, &canceled), "%v", err)
	check(canceled.ErrorMessage() == "Transaction cancelled, please refer cancellation reasons for specific reasons "+
		"[ConditionalCheckFailed, None]", "%s", canceled.ErrorMessage())
	wanted := []types.CancellationReason{
		{
			Code:    aws.String("ConditionalCheckFailed"),
			Message: aws.String("The conditional request failed"),
			Item:    with("tx", "a", item{"price": number(1)}),
		},
		{Code: aws.String("None")},
	}
	check(reflect.DeepEqual(canceled.CancellationReasons, wanted), "%v", canceled.CancellationReasons)
	check(get("tx", "c") == nil, "c is there")
}

const insertStatement = `INSERT INTO "Orders" VALUE {'customer': ?, 'order': ?, 'price': ?}`

func execute(statement string, parameters ...types.AttributeValue) []item {
	return must(db.ExecuteStatement(ctx, &dynamodb.ExecuteStatementInput{
		Statement: aws.String(statement), Parameters: parameters})).Items
}

func partiql() {
	one := []types.AttributeValue{text("ql"), text("1")}
	insert := &dynamodb.ExecuteStatementInput{
		Statement: aws.String(insertStatement), Parameters: append(slices.Clone(one), number(5))}
	must(db.ExecuteStatement(ctx, insert))
	_, err := db.ExecuteStatement(ctx, insert)
	var duplicate *types.DuplicateItemException
	check(errors.As(err, &duplicate), "%v", err)
	check(duplicate.ErrorMessage() == "Duplicate primary key exists in table", "%s", duplicate.ErrorMessage())
	changed := execute(`UPDATE "Orders" SET price=price+? WHERE customer=? AND "order"=? RETURNING ALL NEW *`,
		number(2), one[0], one[1])
	check(reflect.DeepEqual(changed, []item{with("ql", "1", item{"price": number(7)})}), "%v", changed)
	input := &dynamodb.ExecuteStatementInput{
		Statement:  aws.String(`SELECT * FROM "Orders" WHERE customer=?`),
		Parameters: []types.AttributeValue{text("pages")},
		Limit:      aws.Int32(10),
	}
	var found []string
	for more := true; more; more = input.NextToken != nil {
		page := must(db.ExecuteStatement(ctx, input))
		found = append(found, ordersOf(page.Items)...)
		input.NextToken = page.NextToken
	}
	same("selected", found, twoDigits(24))
	execute(`DELETE FROM "Orders" WHERE customer=? AND "order"=?`, one...)
	left := execute(`SELECT * FROM "Orders" WHERE customer=? AND "order"=?`, one...)
	check(len(left) == 0, "%v", left)
}

func partiqlBatch() {
	parameters := func(customer, order string) []types.AttributeValue {
		return []types.AttributeValue{text(customer), text(order), number(1)}
	}
	statement := aws.String(insertStatement)
	answers := must(db.BatchExecuteStatement(ctx, &dynamodb.BatchExecuteStatementInput{
		Statements: []types.BatchStatementRequest{
			{Statement: statement, Parameters: parameters("ql", "2")},
			{Statement: statement, Parameters: parameters("ada", "0001")},
		}})).Responses
	check(answers[0].Error == nil, "%v", answers[0].Error)
	check(answers[1].Error.Code == types.BatchStatementErrorCodeEnumDuplicateItem, "%v", answers[1].Error)
	must(db.ExecuteTransaction(ctx, &dynamodb.ExecuteTransactionInput{
		TransactStatements: []types.ParameterizedStatement{
			{Statement: statement, Parameters: parameters("ql", "3")},
			{Statement: statement, Parameters: parameters("ql", "4")},
		}}))
	found := execute(`SELECT * FROM "Orders" WHERE customer=?`, text("ql"))
	same("selected", ordersOf(found), []string{"2", "3", "4"})
}

func streamPrice(image map[string]streamtypes.AttributeValue) string {
	if price, ok := image["price"].(*streamtypes.AttributeValueMemberN); ok {
		return price.Value
	}
	return ""
}

func streamRead() {
	arn := must(db.DescribeTable(ctx, &dynamodb.DescribeTableInput{TableName: table})).Table.LatestStreamArn
	shards := must(streams.DescribeStream(ctx, &dynamodbstreams.DescribeStreamInput{StreamArn: arn})).
		StreamDescription.Shards
	check(len(shards) == 1, "%d shards", len(shards))
	iterator := must(streams.GetShardIterator(ctx, &dynamodbstreams.GetShardIteratorInput{
		StreamArn:         arn,
		ShardId:           shards[0].ShardId,
		ShardIteratorType: streamtypes.ShardIteratorTypeLatest,
	})).ShardIterator
	put("stream", "1", item{"price": number(1)})
	must(db.UpdateItem(ctx, &dynamodb.UpdateItemInput{
		TableName:                 table,
		Key:                       key("stream", "1"),
		UpdateExpression:          aws.String("SET price = :two"),
		ExpressionAttributeValues: item{":two": number(2)},
	}))
	must(db.DeleteItem(ctx, &dynamodb.DeleteItemInput{TableName: table, Key: key("stream", "1")}))
	var records []streamtypes.Record
	until(func() bool {
		page := must(streams.GetRecords(ctx, &dynamodbstreams.GetRecordsInput{ShardIterator: iterator}))
		records = append(records, page.Records...)
		iterator = page.NextShardIterator
		return len(records) >= 3
	})
	var names []string
	for _, record := range records {
		names = append(names, string(record.EventName))
		check(reflect.DeepEqual(record.Dynamodb.Keys, map[string]streamtypes.AttributeValue{
			"customer": &streamtypes.AttributeValueMemberS{Value: "stream"},
			"order":    &streamtypes.AttributeValueMemberS{Value: "1"},
		}), "keys %v", record.Dynamodb.Keys)
	}
	same("events", names, []string{"INSERT", "MODIFY", "REMOVE"})
	modify := records[1].Dynamodb
	same("images", []string{streamPrice(modify.OldImage), streamPrice(modify.NewImage)}, []string{"1", "2"})
}

func timeToLive() {
	must(db.UpdateTimeToLive(ctx, &dynamodb.UpdateTimeToLiveInput{
		TableName: table,
		TimeToLiveSpecification: &types.TimeToLiveSpecification{
			AttributeName: aws.String("expires"), Enabled: aws.Bool(true)},
	}))
	status := must(db.DescribeTimeToLive(ctx, &dynamodb.DescribeTimeToLiveInput{TableName: table})).
		TimeToLiveDescription.TimeToLiveStatus
	check(status == types.TimeToLiveStatusEnabled || status == types.TimeToLiveStatusEnabling, "%s", status)
	now := time.Now().Unix()
	put("ttl", "past", item{"expires": number(now - 60)})
	put("ttl", "future", item{"expires": number(now + 3600)})
	until(func() bool { return get("ttl", "past") == nil })
	check(get("ttl", "future") != nil, "future is gone")
}

func errorTypes() {
	_, err := db.GetItem(ctx, &dynamodb.GetItemInput{TableName: aws.String("Nowhere"), Key: key("a", "b")})
	var missing *types.ResourceNotFoundException
	check(errors.As(err, &missing), "%v", err)
	check(missing.ErrorMessage() == "Requested resource not found", "%s", missing.ErrorMessage())
	_, err = db.CreateTable(ctx, definition())
	var inUse *types.ResourceInUseException
	check(errors.As(err, &inUse), "%v", err)
	check(inUse.ErrorMessage() == "Table already exists: Orders", "%s", inUse.ErrorMessage())
	_, err = db.GetItem(ctx, &dynamodb.GetItemInput{TableName: table, Key: item{"customer": text("ada")}})
	var other smithy.APIError
	check(errors.As(err, &other), "%v", err)
	check(other.ErrorCode() == "ValidationException", "%s", other.ErrorCode())
	check(other.ErrorMessage() == "The provided key element does not match the schema", "%s", other.ErrorMessage())
}

func deleteTable() {
	must(db.DeleteTable(ctx, &dynamodb.DeleteTableInput{TableName: table}))
	input := &dynamodb.DescribeTableInput{TableName: table}
	check(dynamodb.NewTableNotExistsWaiter(db).Wait(ctx, input, 20*time.Second) == nil, "the waiter failed")
	_, err := db.DescribeTable(ctx, input)
	var missing *types.ResourceNotFoundException
	check(errors.As(err, &missing), "%v", err)
	check(missing.ErrorMessage() == "Requested resource not found: Table: Orders not found", "%s", missing.ErrorMessage())
}
