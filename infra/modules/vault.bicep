param name string
param location string
param tags object
param principalId string
param operatorId string
param workspaceId string

@secure()
param sendGridApiKey string

@secure()
param adminKey string

@secure()
param linkKeys string

@secure()
param webhookSecret string

@secure()
param previousWebhookSecret string

var secretsUser = '4633458b-17de-408a-b874-0445c86b69e6'
var names = {
  sendGrid: 'sendgrid-api-key'
  admin: 'admin-key'
  links: 'approval-link-keys'
  webhook: 'webhook-standard'
  previousWebhook: 'webhook-standard-previous'
}
var secretsOfficer = 'b86a8fe4-44ce-4948-aee5-eccb2c155cd7'

resource vault 'Microsoft.KeyVault/vaults@2026-05-15' = {
  name: name
  location: location
  tags: tags
  properties: {
    tenantId: tenant().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    enableSoftDelete: true
    enablePurgeProtection: true
    softDeleteRetentionInDays: 30
  }

  resource sendGrid 'secrets' = {
    name: names.sendGrid
    properties: { value: sendGridApiKey }
  }

  resource admin 'secrets' = {
    name: names.admin
    properties: { value: adminKey }
  }

  resource links 'secrets' = {
    name: names.links
    properties: { value: linkKeys }
  }

  resource webhook 'secrets' = {
    name: names.webhook
    properties: { value: webhookSecret }
  }

  resource previousWebhook 'secrets' = if (!empty(previousWebhookSecret)) {
    name: names.previousWebhook
    properties: { value: previousWebhookSecret }
  }
}

// Who read or changed which secret, and when. The only stable version, 2016-09-01, has no category groups.
#disable-next-line use-recent-api-versions
resource audit 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: vault
  name: 'audit'
  properties: {
    workspaceId: workspaceId
    logs: [{ categoryGroup: 'audit', enabled: true }]
  }
}

resource appAccess 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: vault
  name: guid(vault.id, principalId, secretsUser)
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', secretsUser)
    principalId: principalId
    principalType: 'ServicePrincipal'
  }
}

resource operatorAccess 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(operatorId)) {
  scope: vault
  name: guid(vault.id, operatorId, secretsOfficer)
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', secretsOfficer)
    principalId: operatorId
  }
}

output name string = vault.name

@description('App settings that point at the secrets; the app reads the newest version within a day.')
output references object = {
  sendGridApiKey: '@Microsoft.KeyVault(VaultName=${vault.name};SecretName=${names.sendGrid})'
  adminKey: '@Microsoft.KeyVault(VaultName=${vault.name};SecretName=${names.admin})'
  linkKeys: '@Microsoft.KeyVault(VaultName=${vault.name};SecretName=${names.links})'
  webhook: '@Microsoft.KeyVault(VaultName=${vault.name};SecretName=${names.webhook})'
  previousWebhook: '@Microsoft.KeyVault(VaultName=${vault.name};SecretName=${names.previousWebhook})'
}
