param suffix string
param location string
param tags object
param alertMail string
param insightsId string
param appId string

// The names of what the app logs; see its Log classes. A line with an exception is among the exceptions.
var watched = [
  {
    name: 'orchestrations'
    text: 'Orchestrations failed or stand still'
    events: ['OrchestrationFailed', 'InstanceFailed', 'InstanceStuck']
    severity: 1
  }
  {
    name: 'poison'
    text: 'Messages were given up and wait for a person'
    events: ['MessagePoisoned', 'PoisonWaits']
    severity: 1
  }
  {
    name: 'mails'
    text: 'Mails failed, bounced, or may have gone out'
    events: ['MailFailed', 'MailUnknown', 'MailRefusedLater']
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

resource lines 'Microsoft.Insights/scheduledQueryRules@2026-03-01' = [
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
      // Longer than the frequency, so that a line that arrives late is seen too.
      windowSize: 'PT30M'
      criteria: {
        allOf: [
          {
            query: 'union traces, exceptions | where tostring(customDimensions.EventName) in ("${join(alert.events, '", "')}")'
            timeAggregation: 'Count'
            operator: 'GreaterThan'
            threshold: 0
            failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
          }
        ]
      }
      autoMitigate: true
      // Nothing has been logged yet when these are made.
      skipQueryValidation: true
      actions: { actionGroups: [people.id] }
    }
  }
]

resource errors 'Microsoft.Insights/metricAlerts@2026-01-01' = {
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
