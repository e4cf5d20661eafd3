param suffix string
param location string
param tags object
param alertMail string
param insightsId string
param appId string

// The app writes these lines under fixed event ids; see its Log classes.
var watched = [
  {
    name: 'orchestrations'
    text: 'Orchestrations failed or stand still'
    query: 'traces | where message has_any ("has failed, at", "stands still since") or (severityLevel >= 3 and message startswith "Instance ")'
    severity: 1
  }
  {
    name: 'poison'
    text: 'Messages were given up and wait for a person'
    query: 'traces | where message has_any ("could not be handled and is kept for a person", "was given up at")'
    severity: 1
  }
  {
    name: 'mails'
    text: 'Mails failed, or may have gone out'
    query: 'traces | where message startswith "Mail " and (message has "failed at attempt" or message has "may have gone out")'
    severity: 2
  }
]

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: 'ag-workflows-${suffix}'
  location: 'global'
  tags: tags
  properties: {
    groupShortName: 'workflows'
    enabled: true
    emailReceivers: [{ name: 'operators', emailAddress: alertMail, useCommonAlertSchema: true }]
  }
}

resource lines 'Microsoft.Insights/scheduledQueryRules@2023-03-15-preview' = [
  for alert in watched: {
    name: 'alert-${alert.name}-${suffix}'
    location: location
    tags: tags
    properties: {
      displayName: alert.text
      severity: alert.severity
      enabled: true
      scopes: [insightsId]
      evaluationFrequency: 'PT15M'
      windowSize: 'PT15M'
      criteria: {
        allOf: [
          {
            query: alert.query
            timeAggregation: 'Count'
            operator: 'GreaterThan'
            threshold: 0
          }
        ]
      }
      autoMitigate: true
      actions: { actionGroups: [people.id] }
    }
  }
]

resource errors 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: 'alert-http-${suffix}'
  location: 'global'
  tags: tags
  properties: {
    description: 'Requests are answered with 5xx'
    severity: 2
    enabled: true
    scopes: [appId]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          criterionType: 'StaticThresholdCriterion'
          name: 'http5xx'
          metricName: 'Http5xx'
          metricNamespace: 'Microsoft.Web/sites'
          operator: 'GreaterThan'
          threshold: 5
          timeAggregation: 'Total'
        }
      ]
    }
    actions: [{ actionGroupId: people.id }]
  }
}
